package dev.mailscope.lab.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;

/** A server with the sample mail, and devices with alice's account on it. */
final class Bench implements AutoCloseable {
    final MailServer server;
    final Ticking clock = new Ticking();
    private final List<Device> devices = new ArrayList<>();

    /** A clock that stands still until it is moved. */
    static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-01-01T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    Bench() throws IOException {
        server = MailServer.open(ServerConfig.sample().withPorts(0, 0));
        server.start();
    }

    MailAccount account() {
        return new MailAccount("127.0.0.1", server.address("imap").getPort(), server.address("pop3").getPort(),
                "alice", "secret");
    }

    Pop3Device pop3(String name, Pop3Settings settings) {
        return kept(new Pop3Device(name, account(), settings, clock));
    }

    ImapDevice imap(String name, ImapSettings.Method method) {
        return kept(new ImapDevice(name, account(), new ImapSettings(method, false), clock));
    }

    ImapDevice idling(String name, ImapSettings.Method method) {
        return kept(new ImapDevice(name, account(), new ImapSettings(method, true), clock));
    }

    private <D extends Device> D kept(D device) {
        devices.add(device);
        return device;
    }

    Account alice() {
        return server.trace().live().server().account("alice").orElseThrow();
    }

    Folder folder(String name) {
        return alice().folder(name).orElseThrow();
    }

    void deliver(String subject) {
        deliver("INBOX", subject);
    }

    void deliver(String folder, String subject) {
        server.deliver("alice", folder, ("Subject: " + subject + "\r\nFrom: Friend2 <friend2@example.org>\r\n\r\n"
                + subject + " it is.\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The subjects of what a device has in a folder, in its order. */
    static List<String> subjects(Device device, String folder) {
        return device.copy().folder(folder).orElseThrow().messages().values().stream()
                .map(message -> message.summary().subject()).toList();
    }

    /** The number on the device of the message with that subject. */
    static long id(Device device, String folder, String subject) {
        return device.copy().folder(folder).orElseThrow().messages().values().stream()
                .filter(message -> message.summary().subject().equals(subject)).findFirst().orElseThrow().id();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        devices.forEach(Device::close);
        server.close();
    }
}
