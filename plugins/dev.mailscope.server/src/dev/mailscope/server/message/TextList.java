package dev.mailscope.server.message;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;

/** Several texts kept as one: of many short ones, each of its own would take ten times the room. Immutable. */
final class TextList extends AbstractList<String> {
    private final String texts;
    // Where each text ends in them.
    private final int[] ends;

    private TextList(List<String> all) {
        this.texts = String.join("", all);
        this.ends = new int[all.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += all.get(i).length();
            ends[i] = end;
        }
    }

    /** These texts, in their order. */
    static List<String> of(List<String> all) {
        return all.isEmpty() ? List.of() : new TextList(all);
    }

    @Override
    public String get(int index) {
        Objects.checkIndex(index, ends.length);
        return texts.substring(index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    @Override
    public int size() {
        return ends.length;
    }
}
