package dev.mailscope.server.imap.command;

/** Ends the parsing of a command that is not well-formed. Never leaves this package; carries no stack trace. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int length;

    /**
     * What is wrong, without a word of the client's.
     *
     * @param offset where, in the command
     * @param length of the octets concerned; 0 when it is only a place
     */
    SyntaxError(String message, int offset, int length) {
        super(message, null, false, false);
        this.offset = offset;
        this.length = length;
    }

    /** What stands there, in words that do not give it away. */
    static String describe(int octet) {
        return switch (octet) {
            case 0 -> "a NUL octet";
            case '\t' -> "a tab";
            case '\r' -> "a carriage return";
            case ' ' -> "a space";
            case '"' -> "a quote";
            case '\\' -> "a backslash";
            case '(' -> "an opening parenthesis";
            case ')' -> "a closing parenthesis";
            case '{' -> "an opening brace";
            case '}' -> "a closing brace";
            case '[' -> "an opening bracket";
            case ']' -> "a closing bracket";
            case '*' -> "an asterisk";
            case '%' -> "a percent sign";
            default -> {
                if (octet >= 0x80) {
                    yield "an octet beyond US-ASCII";
                }
                if (octet < ' ' || octet == 0x7F) {
                    yield "a control character";
                }
                yield OctetClass.isDigit(octet) ? "a digit" : Character.isLetter(octet) ? "a word"
                        : "another character";
            }
        };
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
