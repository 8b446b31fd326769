package dev.mailscope.server.capture;

import java.util.TreeMap;
import java.util.TreeSet;

/** What a capture tells of one account. */
final class AccountFacts {
    final String name;
    final TreeMap<String, FolderFacts> folders = new TreeMap<>();
    final TreeSet<String> subscribed = new TreeSet<>();
    final TreeSet<String> madeOrGone = new TreeSet<>();
    final TreeSet<String> changedSubscriptions = new TreeSet<>();
    char separator;
    boolean overImap;
    boolean overPop3;

    AccountFacts(String name, char separator) {
        this.name = name;
        this.separator = separator;
    }

    /** Nothing has happened to its folders yet. */
    void rewind() {
        folders.clear();
        madeOrGone.clear();
        changedSubscriptions.clear();
    }
}
