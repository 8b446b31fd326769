package dev.mailscope.server.imap;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Several things to iterate as one; each is asked for its elements only when its turn comes. */
record Joined<T>(List<? extends Iterable<? extends T>> parts) implements Iterable<T> {
    @Override
    public Iterator<T> iterator() {
        var rest = parts.iterator();
        return new Iterator<>() {
            private Iterator<? extends T> now = List.<T>of().iterator();

            @Override
            public boolean hasNext() {
                while (!now.hasNext() && rest.hasNext()) {
                    now = rest.next().iterator();
                }
                return now.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return now.next();
            }
        };
    }
}
