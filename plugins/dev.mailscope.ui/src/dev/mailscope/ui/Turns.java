package dev.mailscope.ui;

import org.eclipse.core.runtime.jobs.ISchedulingRule;

/** Lets one Job after the other at something; whoever has it makes one and gives it to each of its Jobs. */
public final class Turns implements ISchedulingRule {
    @Override
    public boolean contains(ISchedulingRule rule) {
        return rule == this;
    }

    @Override
    public boolean isConflicting(ISchedulingRule rule) {
        return rule == this;
    }
}
