package dev.mailscope.lab.device;

import java.time.Duration;
import java.util.Optional;

/**
 * What a POP3 device does with the mail on the server.
 *
 * @param keep              true to keep it there (<i>download and keep</i>), false to delete all that was retrieved
 *                          (<i>download and delete</i>)
 * @param leave             how long it is left on the server after it was retrieved; empty for always
 * @param deleteWhenDeleted true to delete a message on the server, too, when it was deleted on the device
 */
public record Pop3Settings(boolean keep, Optional<Duration> leave, boolean deleteWhenDeleted) {
    /** Download and delete. */
    public static final Pop3Settings DELETE = new Pop3Settings(false, Optional.empty(), false);
    /** Download and keep. */
    public static final Pop3Settings KEEP = new Pop3Settings(true, Optional.empty(), false);

    /** The same, but what was retrieved so long ago is deleted. */
    public Pop3Settings leavingFor(Duration time) {
        return new Pop3Settings(keep, Optional.of(time), deleteWhenDeleted);
    }

    /** The same, but what is deleted on the device is deleted on the server. */
    public Pop3Settings deletingWhenDeleted() {
        return new Pop3Settings(keep, leave, true);
    }

    /** In words. */
    public String words() {
        if (!keep) {
            return "download and delete";
        }
        return "download and keep" + leave.map(time -> ", for " + days(time)).orElse("")
                + (deleteWhenDeleted ? ", until deleted here" : "");
    }

    private static String days(Duration time) {
        return time.toDays() == 1 ? "1 day" : time.toDays() + " days";
    }
}
