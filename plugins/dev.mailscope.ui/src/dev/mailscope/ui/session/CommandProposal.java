package dev.mailscope.ui.session;

/**
 * Something that can be put into the command line.
 *
 * @param text        what is put in
 * @param label       what is offered: the command as it is written, a folder, a message number
 * @param explanation what it is for, in one sentence; may be empty
 * @param section     where it is defined; may be empty
 * @param isVerb      true for a command, false for an argument
 * @param from        the first character it replaces
 * @param to          the character after the last it replaces
 */
record CommandProposal(String text, String label, String explanation, String section, boolean isVerb,
        int from, int to) {
    /** The line with the proposal in it. */
    String applyTo(String line) {
        return line.substring(0, from) + text + line.substring(to);
    }

    /** Where the caret stands afterwards. */
    int caret() {
        return from + text.length();
    }
}
