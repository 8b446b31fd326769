package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets one attack after the other, all or those whose names begin as the arguments say, on a server with 256 MiB that
 * holds {@code -Dmailscope.messages} messages (100,000), and prints what a well-behaved client found meanwhile. Exit
 * code 1 when that had to wait too long or was thrown out, or when the server died.
 */
public final class Main {
    private static final String MEMORY = "256m";
    /** How long the well-behaved client may have to wait, in seconds. */
    private static final double PATIENCE = 5;

    private Main() {
    }

    /** Attacks. */
    public static void main(String[] args) throws InterruptedException {
        var attacks = new LinkedHashMap<String, Attack>();
        Crowds.into(attacks);
        Floods.into(attacks);
        Questions.into(attacks);
        Hoards.into(attacks);
        attacks.put("10,000 in IDLE", new ManyIdle());
        attacks.put("mail of 200 MB", new LargeMail());
        if (args.length > 0) {
            attacks.keySet().removeIf(name -> List.of(args).stream().noneMatch(name::startsWith));
        }
        System.out.printf("a server with -Xmx%s and %,d messages%n", MEMORY, messages());
        System.out.printf("%-26s %7s %11s %12s %9s  %s%n", "attack", "took", "worst NOOP", "worst login", "heap after",
                "what became of it");
        var failed = 0;
        for (var attack : attacks.entrySet()) {
            failed += attack(attack) ? 0 : 1;
        }
        System.out.println(failed == 0 ? "nobody was hurt" : failed + " attacks did harm");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int messages() {
        return Integer.getInteger("mailscope.messages", 100_000);
    }

    private static boolean attack(Map.Entry<String, Attack> attack) throws InterruptedException {
        try (var server = new Server(MEMORY, attack.getValue(), messages()); var witness = new Witness(server)) {
            var began = System.nanoTime();
            var outcome = attack.getValue().on(server);
            var took = Witness.seconds(began);
            var found = witness.findings();
            System.out.printf("%-26s %5.1f s %9.2f s %10.2f s %6d MiB  %s %s%n", attack.getKey(), took, found.noop(),
                    found.login(), server.heap(), outcome, found.failure());
            return found.failure().isEmpty() && found.noop() < PATIENCE && found.login() < PATIENCE;
        } catch (IOException e) {
            System.out.printf("%-26s FAILED: %s%n", attack.getKey(), e);
            return false;
        }
    }
}
