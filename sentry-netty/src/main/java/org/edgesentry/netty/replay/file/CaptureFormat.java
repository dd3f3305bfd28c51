package org.edgesentry.netty.replay.file;

/** One of the forms of capture files, at the record that comes next. Thread: the reader's. */
interface CaptureFormat {

    /**
     * Reads the next frame.
     *
     * @param frame filled with it
     * @return false at the end of the file
     * @throws UnreadableCapture when the file is damaged here; what was read so far is good
     */
    boolean next(CapturedFrame frame) throws UnreadableCapture;
}
