package dev.mailscope.server.export;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Passwords that whoever runs an export has in the environment, as {@code MAIL_PASSWORD_NAME}. In a text,
 * <code>${password NAME}</code> stands for one, <code>${quoted NAME}</code> for one as an IMAP string, <code>${base64
 * NAME}</code> for one in base64, <code>${plain NAME account}</code> for what SASL PLAIN makes of it, <code>${apop
 * NAME}</code> for what APOP does.
 */
final class PasswordNames implements Passwords {
    /** What every variable's name begins with. */
    static final String VARIABLE = "MAIL_PASSWORD_";

    private final Map<String, String> names = new LinkedHashMap<>();

    /** The end of the variable's name, for an account: its name in capitals, other characters as underlines. */
    String of(String account) {
        var known = names.get(account);
        if (known != null) {
            return known;
        }
        var plain = account.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        var name = plain;
        for (var i = 2; names.containsValue(name); i++) {
            name = plain + "_" + i;
        }
        names.put(account, name);
        return name;
    }

    @Override
    public String plainText(String account, boolean right) {
        return right ? Marked.value("${password " + of(account) + "}") : WRONG;
    }

    @Override
    public String quoted(String account, boolean right) {
        return right ? Marked.value("${quoted " + of(account) + "}") : WRONG;
    }

    @Override
    public String encoded(String account, boolean right) {
        return right ? Marked.value("${base64 " + of(account) + "}") : Passwords.base64(WRONG);
    }

    @Override
    public String plain(String account, boolean right) {
        return right ? Marked.value("${plain " + of(account) + " " + account + "}") : Passwords.wrongPlain(account);
    }

    @Override
    public String digest(String account, String stamp) {
        return Marked.value("${apop " + of(account) + "}");
    }
}
