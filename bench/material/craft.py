import sys
if sys.argv[1]!="--list": sys.exit("no such capture: "+sys.argv[3])
