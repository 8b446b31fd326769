package dev.mailscope.server.classroom;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Passwords that can be read aloud and typed from paper: three groups of two syllables, one of 10^11 (36 bits). */
public final class ReadablePasswords {
    // No letter that looks or sounds much like another.
    private static final String CONSONANTS = "bdfghjkmnprstv";
    private static final String VOWELS = "aeiou";

    private final RandomGenerator random;

    /** Made of what nobody can foresee. */
    public ReadablePasswords() {
        this(new SecureRandom());
    }

    ReadablePasswords(RandomGenerator random) {
        this.random = random;
    }

    /** Another one, such as {@code tabo-kemi-runa}. */
    public String next() {
        var password = new StringBuilder();
        for (var syllable = 0; syllable < 6; syllable++) {
            password.append(syllable > 0 && syllable % 2 == 0 ? "-" : "")
                    .append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                    .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return password.toString();
    }
}
