package dev.mailscope.server.classroom;

import dev.mailscope.server.AccountConfig;

/**
 * One of the class, with an account of its own.
 *
 * @param name     as the list has it
 * @param user     the user name
 * @param password never shown but in what is handed out
 */
public record Student(String name, String user, String password) {
    /** The account. */
    public AccountConfig account() {
        return new AccountConfig(user, password);
    }

    @Override
    public String toString() {
        return "Student[" + user + "]";
    }
}
