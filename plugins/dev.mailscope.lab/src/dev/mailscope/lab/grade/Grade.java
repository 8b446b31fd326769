package dev.mailscope.lab.grade;

import java.nio.file.Path;
import java.util.List;

/**
 * What a result is worth, found by checking it again from its recordings.
 *
 * @param file    the result
 * @param name    who has done it, as it says itself; empty when it cannot be read
 * @param lab     the lab's title; empty when it cannot be read
 * @param points  the points that were found
 * @param most    how many can be had
 * @param claimed the points it claims
 * @param hints   how many hints were asked for
 * @param tries   how often steps were begun again
 * @param remarks what differs from what it claims, and why; or why it cannot be graded
 */
public record Grade(Path file, String name, String lab, int points, int most, int claimed, int hints, int tries,
        List<String> remarks) {
    /** Keeps its own copy. */
    public Grade {
        remarks = List.copyOf(remarks);
    }

    /** One that cannot be graded. */
    static Grade unreadable(Path file, String why) {
        return new Grade(file, "", "", 0, 0, 0, 0, 0, List.of("it cannot be graded: " + why));
    }

    /** True when it is what it claims to be. */
    public boolean isAsClaimed() {
        return remarks.isEmpty();
    }
}
