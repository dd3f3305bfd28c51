"""A real mail server for MailIT: smtpd.py HOST PORT DIRECTORY plain|starttls|smtps [CERTIFICATE KEY]

Writes each mail to DIRECTORY/N.eml, behind a line that says how it came. With starttls and smtps it wants user "edge"
and password "secret". Ends with its standard input.
"""
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mails:
    def __init__(self, directory):
        self.directory = directory
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        with open(f"{self.directory}/{self.count}.eml", "wb") as mail:
            way = f"tls={session.ssl is not None} user={session.auth_data} from={envelope.mail_from}"
            mail.write(f"{way} to={','.join(envelope.rcpt_tos)}\n".encode() + envelope.content)
        return "250 queued"


def authenticate(server, session, envelope, mechanism, data):
    sound = data.login == b"edge" and data.password == b"secret"
    return AuthResult(success=sound, handled=False, auth_data=data.login.decode())


host, port, directory, way = sys.argv[1:5]
options = {}
if way != "plain":
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*sys.argv[5:7])
    options = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": way == "starttls"}
    options["tls_context" if way == "starttls" else "ssl_context"] = context
controller = Controller(Mails(directory), hostname=host, port=int(port), **options)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
