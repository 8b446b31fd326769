package dev.mailscope.lab.pack;

import java.util.List;

/**
 * One step of a lab.
 *
 * @param title  its heading
 * @param line   the line its heading is on, from 1
 * @param blocks its texts, checks, questions and so on, in order
 */
public record Step(String title, int line, List<Block> blocks) {
    /** Keeps its own copy of the blocks. */
    public Step {
        blocks = List.copyOf(blocks);
    }

    /** How many points can be had in it. */
    public int points() {
        return (int) blocks.stream().filter(Block::counts).count();
    }

    /** Its blocks of one kind, in order. */
    public <B extends Block> List<B> blocks(Class<B> kind) {
        return blocks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
