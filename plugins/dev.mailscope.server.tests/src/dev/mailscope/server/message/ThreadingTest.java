package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Threads are written as in a THREAD response, but messages by their place in the list, from 0. */
class ThreadingTest {
    private final List<ThreadMember> members = new ArrayList<>();

    @Test
    void orderedSubjectHasNoGrandchildren() {
        mail("Two", 5, null);
        mail("one", 2, null);
        mail("Re: one", 9, null);
        mail("Fwd: ONE", 4, null);
        mail("Two", 5, null);
        assertEquals("(1(3)(2))(0 4)", text(OrderedSubject.thread(members)));
    }

    @Test
    void referencesMakeChildren() {
        mail("a", 1, "1");
        mail("b", 3, "2", "1");
        mail("c", 2, "3", "1");
        mail("d", 4, "4", "1", "2");
        references("(0(2)(1 3))");
    }

    @Test
    void missingParentsKeepSiblingsTogether() {
        mail("a", 3, "1", "gone");
        mail("b", 2, "2", "gone");
        mail("c", 1, "3", "alone", "deep");
        references("(2)((1)(0))");
    }

    @Test
    void dummiesBelowTheRootAreReplacedByTheirChildren() {
        mail("a", 1, "1");
        mail("b", 2, "2", "1", "gone");
        mail("c", 3, "3", "1", "gone", "gone too");
        mail("d", 4, "4", "top", "x");
        mail("e", 5, "5", "top", "y", "z");
        references("(0(1)(2))((3)(4))");
    }

    @Test
    void loopsAndSelfReferencesAreNotMade() {
        mail("a", 1, "1", "2");
        mail("b", 2, "2", "1");
        mail("c", 3, "3", "3", "3");
        references("(1 0)(2)");
    }

    @Test
    void theLastReferenceWinsOverATruncatedLine() {
        mail("a", 1, "1");
        mail("b", 2, "4", "1", "3");
        mail("c", 3, "3", "2");
        mail("d", 4, "2", "1");
        references("(0 3 2 1)");
    }

    @Test
    void duplicateIdsBelongToTheFirst() {
        mail("a", 1, "1");
        mail("b", 2, "1");
        mail("c", 3, "3", "1");
        mail("d", 4, null);
        references("(0 2)(1)(3)");
    }

    @Test
    void repliesJoinTheThreadOfTheirSubject() {
        mail("Re: a", 1, "1");
        mail("a", 2, "2");
        mail("[fwd: A]", 3, "3");
        mail("", 4, "4");
        mail("", 5, "5");
        references("(1(0)(2))(3)(4)");
    }

    @Test
    void equalsAreSiblingsOfADummy() {
        mail("a", 1, "1");
        mail("a", 2, "2");
        mail("Re: a", 3, "3");
        mail("b", 4, "4", "gone");
        mail("x", 5, "5", "gone");
        mail("b", 6, "6");
        mail("Re: b", 7, "7", "lost");
        mail("x", 8, "8", "lost");
        references("((0)(1)(2))((3)(4)(5)(6)(7))");
    }

    @Test
    void sameDatesStayInOrder() {
        mail("a", 1, "1");
        mail("c", 1, "2", "1");
        mail("b", 1, "3", "1");
        references("(0(1)(2))");
    }

    @Test
    void longAndHostileChainsTakeLittleTime() {
        assertTimeout(Duration.ofSeconds(20), () -> {
            var count = 100_000;
            for (var i = 0; i < count; i++) {
                // Each wants to put the first of all below the last so far.
                mail("s", i, "m" + i, i == 0 ? new String[] {"m0"} : new String[] {"m" + (i - 1), "m0", "m" + (i - 1)});
            }
            var forest = ReferencesThreading.thread(members);
            for (var i = 0; i < count; i++) {
                assertEquals(i - 1, forest.parents()[i]);
            }
            members.clear();
            for (var i = 0; i < count; i++) {
                mail("s", i, "m" + i, "m" + (i + 1));
            }
            assertEquals(count - 1, ReferencesThreading.thread(members).messages()[0]);
        });
    }

    /** Every message is in a thread exactly once, and joined trees know their roots as a plain walk does. */
    @Test
    void anythingComesOutOnce() {
        var random = new Random(5256);
        for (var round = 0; round < 2_000; round++) {
            members.clear();
            for (var i = random.nextInt(12); i > 0; i--) {
                var references = new String[random.nextInt(4)];
                for (var j = 0; j < references.length; j++) {
                    references[j] = "m" + random.nextInt(9);
                }
                mail((random.nextBoolean() ? "Re: " : "") + random.nextInt(3), random.nextInt(5),
                        random.nextInt(5) == 0 ? null : "m" + random.nextInt(9), references);
            }
            var forest = ReferencesThreading.thread(members);
            var seen = java.util.Arrays.stream(forest.messages()).filter(m -> m >= 0).sorted().toArray();
            assertEquals(members.size(), seen.length);
            for (var i = 0; i < seen.length; i++) {
                assertEquals(i, seen[i]);
            }
        }
    }

    @Test
    void rootsAreThoseOfAPlainWalk() {
        var random = new Random(5256);
        var links = new LinkCutForest();
        var parents = new int[60];
        for (var i = 0; i < parents.length; i++) {
            parents[links.add()] = -1;
        }
        for (var round = 0; round < 50_000; round++) {
            var node = random.nextInt(parents.length);
            var other = random.nextInt(parents.length);
            if (parents[node] >= 0 && random.nextBoolean()) {
                links.cut(node);
                parents[node] = -1;
            } else if (parents[node] < 0 && root(parents, other) != node) {
                links.link(other, node);
                parents[node] = other;
            }
            assertEquals(root(parents, other), links.root(other));
        }
    }

    private static int root(int[] parents, int node) {
        var root = node;
        while (parents[root] >= 0) {
            root = parents[root];
        }
        return root;
    }

    private void references(String expected) {
        assertEquals(expected, text(ReferencesThreading.thread(members)));
    }

    private void mail(String subject, int second, String id, String... references) {
        var header = "Subject: " + subject + "\r\n" + (id == null ? "" : "Message-ID: <" + id + "@x>\r\n");
        if (references.length > 0) {
            header += "References: <" + String.join("@x> <", references) + "@x>\r\n";
        }
        members.add(new ThreadMember(SortKeys.of(Header.of(header.getBytes(StandardCharsets.US_ASCII))),
                Instant.ofEpochSecond(second)));
    }

    private static String text(ThreadForest forest) {
        var out = new StringBuilder();
        for (var i = 0; i < forest.parents().length; i++) {
            if (forest.parents()[i] == ThreadForest.ROOT) {
                out.append('(').append(below(forest, i)).append(')');
            }
        }
        return out.toString();
    }

    private static String below(ThreadForest forest, int node) {
        var children = new ArrayList<String>();
        for (var i = node + 1; i < forest.parents().length; i++) {
            if (forest.parents()[i] == node) {
                children.add(below(forest, i));
            }
        }
        var self = forest.messages()[node] == ThreadForest.DUMMY ? "" : "" + forest.messages()[node];
        return children.size() == 1 ? self + " " + children.getFirst()
                : self + (children.isEmpty() ? "" : "(" + String.join(")(", children) + ")");
    }
}
