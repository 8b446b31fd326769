package dev.mailscope.ui;

/** Texts of others in labels, menus and tool tips, where SWT takes a single {@code &} for the mark of a mnemonic. */
public final class Literal {
    private Literal() {
    }

    /** The text as it is given to a widget that is to show it as it is; null for null. */
    public static String text(String text) {
        return text == null ? null : text.replace("&", "&&");
    }
}
