package dev.mailscope.server.export;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What stands where a session said its password, which nobody knows. Texts are as {@link Marked} makes them. */
interface Passwords {
    /** A password that is nobody's. */
    String WRONG = "no~such~password";

    /** The password itself, or a wrong one. */
    String plainText(String account, boolean right);

    /** As an IMAP string (RFC 9051 section 4.3). */
    String quoted(String account, boolean right);

    /** In base64. */
    String encoded(String account, boolean right);

    /** With the account as SASL PLAIN has it (RFC 4616), in base64. */
    String plain(String account, boolean right);

    /** The right one with the greeting's timestamp as APOP has it (RFC 1939 section 7). */
    String digest(String account, String stamp);

    /** A text in base64. */
    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The account and a wrong password as SASL PLAIN has them. */
    static String wrongPlain(String account) {
        return base64("\0" + account + "\0" + WRONG);
    }

    /** Others that the transcript itself gives the accounts. */
    record Given(TranscriptSurvey survey) implements Passwords {
        @Override
        public String plainText(String account, boolean right) {
            return right ? survey.password(account) : WRONG;
        }

        @Override
        public String quoted(String account, boolean right) {
            return plainText(account, right); // an atom
        }

        @Override
        public String encoded(String account, boolean right) {
            return base64(plainText(account, right));
        }

        @Override
        public String plain(String account, boolean right) {
            return Marked.value(base64("\0" + account + "\0" + plainText(account, right)));
        }

        @Override
        public String digest(String account, String stamp) {
            return Marked.value("${md5 <" + stamp + ">" + survey.password(account) + "}");
        }
    }
}
