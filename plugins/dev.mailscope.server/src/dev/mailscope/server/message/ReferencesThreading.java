package dev.mailscope.server.message;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * THREAD=REFERENCES (RFC 5256 section 3): threads are made of what messages refer to, and of subjects where they do
 * not. Nothing here recurses, and all of it takes n log n time, whatever the references are.
 */
public final class ReferencesThreading {
    private static final Comparator<Node> BY_DATE = Comparator.comparing(Node::sent)
            .thenComparing(node -> node.speaker().message);

    /** The link of a node that is made when all links have been. */
    private static final int UNLINKED = -1;

    private final List<ThreadMember> members;
    private final LinkCutForest links = new LinkCutForest();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> byId = new HashMap<>();

    /** A message, or a dummy for one that is only referred to. */
    private static final class Node {
        private final int link;
        private int message = ThreadForest.DUMMY;
        private ThreadMember member;
        private Node parent;
        private List<Node> children = new ArrayList<>(0);

        Node(int link) {
            this.link = link;
        }

        boolean isDummy() {
            return message == ThreadForest.DUMMY;
        }

        /** The node itself, or the first child of a dummy, whose children are messages and sorted. */
        Node speaker() {
            return isDummy() ? children.getFirst() : this;
        }

        Instant sent() {
            return speaker().member.sent();
        }

        String subject() {
            return speaker().member.keys().subject();
        }

        boolean isReply() {
            return !isDummy() && member.keys().reply();
        }

        void adopt(Node child) {
            child.parent = this;
            children.add(child);
        }
    }

    private ReferencesThreading(List<ThreadMember> members) {
        this.members = members;
    }

    /** Threads the messages, which come in the order of the mailbox. */
    public static ThreadForest thread(List<ThreadMember> members) {
        final var threading = new ReferencesThreading(members);
        threading.link();
        final List<Node> threads = threading.gather(threading.prune());
        threading.sort(threads);
        return flat(threads);
    }

    /** Step 1: parents and children by what the messages refer to. */
    private void link() {
        for (int message = 0; message < members.size(); message++) {
            final var member = members.get(message);
            final var node = own(member.keys().messageId());
            node.message = message;
            node.member = member;
            Node before = null;
            for (final String id : member.keys().references()) {
                final Node next = byId.computeIfAbsent(id, unknown -> newNode());
                if (before != null && next.parent == null) {
                    link(before, next);
                }
                before = next;
            }
            if (node.parent != null) {
                links.cut(node.link);
                node.parent = null;
            }
            if (before != null) {
                link(before, node);
            }
        }
    }

    /** The node of a message with that ID; a new one that nobody can refer to, if another message has it already. */
    private Node own(String id) {
        if (id == null) {
            return newNode();
        }
        final Node node = byId.computeIfAbsent(id, unknown -> newNode());
        return node.isDummy() ? node : newNode();
    }

    private Node newNode() {
        final var node = new Node(links.add());
        nodes.add(node);
        return node;
    }

    /** Links a node without a parent to one, unless that is the node itself or below it. */
    private void link(Node parent, Node child) {
        if (links.root(parent.link) != child.link) {
            links.link(parent.link, child.link);
            child.parent = parent;
        }
    }

    /** Steps 2 and 3: what has no parent, without the dummies that keep nothing together. */
    private List<Node> prune() {
        final var children = new HashMap<Node, List<Node>>();
        final var tops = new ArrayList<Node>();
        for (final Node node : nodes) {
            if (node.parent == null) {
                tops.add(node);
            } else {
                children.computeIfAbsent(node.parent, parent -> new ArrayList<>(1)).add(node);
            }
        }
        final var open = new ArrayDeque<Node>(tops);
        while (!open.isEmpty()) {
            final Node node = open.pop();
            // A dummy below the first level has handed its children up: they go where it would have gone.
            final Node to = node.isDummy() && node.parent != null ? node.parent : node;
            for (final Node child : children.getOrDefault(node, List.of())) {
                child.parent = to;
                if (!child.isDummy()) {
                    to.children.add(child);
                }
                open.push(child);
            }
        }
        final var threads = new ArrayList<Node>();
        for (final Node top : tops) {
            if (!top.isDummy() || top.children.size() > 1) {
                threads.add(top);
            } else if (top.children.size() == 1) {
                top.children.getFirst().parent = null;
                threads.add(top.children.getFirst());
            }
        }
        return threads;
    }

    /** Steps 4 and 5: threads with the same subject become one. */
    private List<Node> gather(List<Node> threads) {
        sortTop(threads);
        final var table = subjectTable(threads);
        final var made = new ArrayList<Node>();
        for (final Node current : threads) {
            final String subject = current.subject();
            final Node known = subject.isEmpty() ? current : table.get(subject);
            if (known == current) {
                continue;
            }
            if (known.isDummy() && current.isDummy()) {
                current.children.forEach(known::adopt);
                current.children = List.of();
            } else if (known.isDummy() || current.isReply() && !known.isReply()) {
                known.adopt(current);
            } else {
                final var dummy = new Node(UNLINKED);
                dummy.adopt(known);
                dummy.adopt(current);
                table.put(subject, dummy);
                made.add(dummy);
            }
        }
        final var gathered = new ArrayList<Node>();
        for (final Node thread : threads) {
            if (thread.parent == null && !(thread.isDummy() && thread.children.isEmpty())) {
                gathered.add(thread);
            }
        }
        gathered.addAll(made);
        return gathered;
    }

    /** Step 5.B: of each subject a dummy if there is one, else what is no reply, else the first. */
    private static Map<String, Node> subjectTable(List<Node> threads) {
        final var table = new HashMap<String, Node>();
        for (final Node current : threads) {
            final String subject = current.subject();
            if (!subject.isEmpty()) {
                table.merge(subject, current, (known, next) -> !known.isDummy()
                        && (next.isDummy() || known.isReply() && !next.isReply()) ? next : known);
            }
        }
        return table;
    }

    /** Step 6: all siblings by their sent dates. A thread's place depends on what is right below a dummy only. */
    private void sort(List<Node> threads) {
        for (final Node node : nodes) {
            if (!node.isDummy()) {
                node.children.sort(BY_DATE);
            }
        }
        sortTop(threads);
    }

    private static void sortTop(List<Node> threads) {
        for (final Node thread : threads) {
            if (thread.isDummy()) {
                thread.children.sort(BY_DATE);
            }
        }
        threads.sort(BY_DATE);
    }

    private static ThreadForest flat(List<Node> threads) {
        record Open(Node node, int parent) {
        }
        final var messages = new ArrayList<Integer>();
        final var parents = new ArrayList<Integer>();
        final var open = new ArrayDeque<Open>();
        for (final Node thread : threads.reversed()) {
            open.push(new Open(thread, ThreadForest.ROOT));
        }
        while (!open.isEmpty()) {
            final Open next = open.pop();
            final int place = messages.size();
            messages.add(next.node.message);
            parents.add(next.parent);
            for (final Node child : next.node.children.reversed()) {
                open.push(new Open(child, place));
            }
        }
        return new ThreadForest(messages.stream().mapToInt(Integer::intValue).toArray(),
                parents.stream().mapToInt(Integer::intValue).toArray());
    }
}
