package dev.mailscope.server.export;

import java.io.IOException;

/** The statements of a test, in methods that are not longer than a Java method may be. */
final class JavaMethods {
    private static final int PER_METHOD = 1_500;
    private static final int PER_CLASS = 25_000; // a class has at most 65,535 constants, and a literal is two of them

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder calls = new StringBuilder();
    private int methods;
    private int literals;
    private int all;

    /**
     * Adds a statement, or a comment, with that many literals in it. IOException when it is more than a class can hold.
     */
    void add(String statement, int itsLiterals) throws IOException {
        all += itsLiterals + 1;
        if (all > PER_CLASS) {
            throw new IOException("What is selected is too much for one Java class; select fewer events or sessions.");
        }
        if (methods == 0 || literals + itsLiterals > PER_METHOD) {
            end();
            methods++;
            literals = 0;
            calls.append("            part").append(methods).append("();\n");
            text.append("    private void part").append(methods).append("() throws Exception {\n");
        }
        literals += itsLiterals + 1;
        text.append(statement.isEmpty() ? "" : "        ").append(statement).append('\n');
    }

    /** The calls of the methods. */
    String calls() {
        return calls.toString();
    }

    /** The methods; asked once, at the end. */
    String text() {
        end();
        return text.toString();
    }

    private void end() {
        if (methods > 0) {
            text.append("    }\n\n");
        }
    }
}
