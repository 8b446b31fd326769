package dev.mailscope.server.mailbox;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How much an account may hold: the limits of its one quota root, which is called like the account (RFC 9208 section
 * 3.2). The limits are hard: whatever would go beyond one is refused. An account may lie beyond them already, when they
 * were lowered; then it can only shrink.
 *
 * @param limits from 0; what is not named is not limited. Unmodifiable
 * @param fixed  true when the account's owner cannot change them (SETQUOTA)
 */
public record Quota(Map<QuotaResource, Long> limits, boolean fixed) {
    /** No limits, and the owner may set some. */
    public static final Quota NONE = new Quota(Map.of(), false);

    /** Refuses a limit below 0, and keeps its own copy of the limits, in the order of the resources. */
    public Quota {
        limits.forEach((resource, limit) -> {
            if (limit < 0) {
                throw new IllegalArgumentException("the limit of " + resource + " must not be less than 0, but is "
                        + limit);
            }
        });
        var sorted = new EnumMap<QuotaResource, Long>(QuotaResource.class);
        sorted.putAll(limits);
        limits = Collections.unmodifiableMap(sorted);
    }

    /** The same with that limit in place of the one there was. */
    public Quota with(QuotaResource resource, long limit) {
        var all = new EnumMap<QuotaResource, Long>(QuotaResource.class);
        all.putAll(limits);
        all.put(resource, limit);
        return new Quota(all, fixed);
    }

    /** The same limits, which the owner can or cannot change. */
    public Quota withFixed(boolean isFixed) {
        return new Quota(limits, isFixed);
    }

    /** The first resource that the account uses more of than its limit allows. */
    public Optional<QuotaResource> exceeded(Account account) {
        return limits.entrySet().stream().filter(limit -> limit.getKey().usage(account) > limit.getValue())
                .map(Map.Entry::getKey).findFirst();
    }

    /** The limits in words, such as {@code at most 10 messages, 1 folder}. */
    public String words() {
        return (limits.isEmpty() ? "no limits" : limits.entrySet().stream()
                .map(limit -> limit.getKey().words(limit.getValue())).collect(Collectors.joining(", ", "at most ", "")))
                + (fixed ? ", which its owner cannot change" : "");
    }
}
