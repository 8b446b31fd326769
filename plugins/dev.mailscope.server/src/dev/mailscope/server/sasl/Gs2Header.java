package dev.mailscope.server.sasl;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What SCRAM and OAUTHBEARER begin with (RFC 5801 section 4).
 *
 * @param flag   {@code n}, {@code y}, or {@code p=} and the type of the channel binding
 * @param actFor the user to act for, empty for the one who logs in
 * @param text   the header as it came
 */
record Gs2Header(String flag, String actFor, String text) {
    // gs2-header = ("p=" cb-name / "n" / "y") "," ["a=" saslname] ","
    private static final Pattern HEADER = Pattern.compile("(n|y|p=[A-Za-z0-9.-]+),(?:a=([^,]+))?,");

    /** The header that the text begins with; empty when it begins otherwise. */
    static Optional<Gs2Header> at(String text) {
        var found = HEADER.matcher(text);
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        var actFor = found.group(2) == null ? Optional.of("") : name(found.group(2));
        return actFor.map(name -> new Gs2Header(found.group(1), name, found.group()));
    }

    // saslname = 1*(value-safe-char / "=2C" / "=3D")
    /** The name that was written so; empty when it is written wrongly. */
    static Optional<String> name(String written) {
        if (written.isEmpty() || written.indexOf('\0') >= 0
                || !written.replace("=2C", "").replace("=3D", "").matches("[^=,]*")) {
            return Optional.empty();
        }
        return Optional.of(written.replace("=2C", ",").replace("=3D", "="));
    }

    @Override
    public String toString() {
        return "Gs2Header[]";
    }
}
