package dev.mailscope.server.message;

import java.util.Arrays;

/**
 * A forest whose trees can be joined and cut, and that knows the root of any node's tree, each in amortised logarithmic
 * time (the link-cut tree of Sleator and Tarjan). With it, a chain of References as long as a mailbox takes no more
 * time to check for loops than many short ones.
 * <p>
 * Each tree is laid out in paths, and each path is a splay tree ordered by depth. {@code up} of a splay tree's root
 * leads to the node above the path.
 */
final class LinkCutForest {
    private static final int NONE = -1;

    private int[] up = new int[16];
    private int[] left = new int[16];
    private int[] right = new int[16];
    private int size;

    /** Adds a node that is a tree of its own; they are numbered from 0. */
    int add() {
        if (size == up.length) {
            up = Arrays.copyOf(up, 2 * size);
            left = Arrays.copyOf(left, 2 * size);
            right = Arrays.copyOf(right, 2 * size);
        }
        up[size] = NONE;
        left[size] = NONE;
        right[size] = NONE;
        return size++;
    }

    /** The root of the tree that the node is in. */
    int root(int node) {
        access(node);
        int root = node;
        while (left[root] != NONE) {
            root = left[root];
        }
        // The way down is paid for by bringing the root up.
        splay(root);
        return root;
    }

    /** Puts a tree below a node of another; the child must be the root of its tree. */
    void link(int parent, int child) {
        access(child);
        up[child] = parent;
    }

    /** Takes a node that has a parent off it, with all that is below the node. */
    void cut(int node) {
        access(node);
        up[left[node]] = NONE;
        left[node] = NONE;
    }

    /** Makes the way from the root to the node one path, and the node the root of its splay tree. */
    private void access(int node) {
        splay(node);
        right[node] = NONE;
        while (up[node] != NONE) {
            final int above = up[node];
            splay(above);
            right[above] = node;
            splay(node);
        }
    }

    private boolean isSplayRoot(int node) {
        return up[node] == NONE || left[up[node]] != node && right[up[node]] != node;
    }

    private void splay(int node) {
        while (!isSplayRoot(node)) {
            final int parent = up[node];
            if (!isSplayRoot(parent)) {
                final boolean straight = left[parent] == node == (left[up[parent]] == parent);
                rotate(straight ? parent : node);
            }
            rotate(node);
        }
    }

    private void rotate(int node) {
        final int parent = up[node];
        final int above = up[parent];
        if (!isSplayRoot(parent)) {
            if (left[above] == parent) {
                left[above] = node;
            } else {
                right[above] = node;
            }
        }
        final int moved;
        if (left[parent] == node) {
            moved = right[node];
            left[parent] = moved;
            right[node] = parent;
        } else {
            moved = left[node];
            right[parent] = moved;
            left[node] = parent;
        }
        if (moved != NONE) {
            up[moved] = parent;
        }
        up[parent] = node;
        up[node] = above;
    }
}
