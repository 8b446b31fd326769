package dev.mailscope.server.trace;

import org.h2.mvstore.MVMap;

/** Octets by numbers, as a recording's file holds them; for reading. MVStoreException where the file is damaged. */
interface Blocks {
    /** The greatest number up to that one; null for none. */
    Long floorKey(long number);

    /** The least number from that one on; null for none. */
    Long ceilingKey(long number);

    /** The least number after that one; null for none. */
    Long higherKey(long number);

    /** The greatest number before that one; null for none. */
    Long lowerKey(long number);

    /** The greatest number; null for none. */
    Long lastKey();

    /** The octets under that number; null for none. */
    byte[] get(long number);

    /** Those of a map that MVStore itself can read. */
    static Blocks of(MVMap<Long, byte[]> map) {
        return new Blocks() {
            @Override
            public Long floorKey(long number) {
                return map.floorKey(number);
            }

            @Override
            public Long ceilingKey(long number) {
                return map.ceilingKey(number);
            }

            @Override
            public Long higherKey(long number) {
                return map.higherKey(number);
            }

            @Override
            public Long lowerKey(long number) {
                return map.lowerKey(number);
            }

            @Override
            public Long lastKey() {
                return map.lastKey();
            }

            @Override
            public byte[] get(long number) {
                return map.get(number);
            }
        };
    }
}
