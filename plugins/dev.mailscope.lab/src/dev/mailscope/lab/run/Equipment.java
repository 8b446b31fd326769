package dev.mailscope.lab.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.device.DeviceMemory;
import dev.mailscope.lab.device.ImapDevice;
import dev.mailscope.lab.device.MailAccount;
import dev.mailscope.lab.device.Pop3Device;
import dev.mailscope.lab.device.Reports;
import dev.mailscope.lab.pack.SetupCommand;
import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.ServerState;

/** A lab's server and the devices around it. For one thread at a time; what it gives may be looked at by any. */
final class Equipment implements AutoCloseable {
    private final MailServer server;
    private final Map<String, AccountConfig> accounts = new LinkedHashMap<>();
    private final List<Reports> reports = new ArrayList<>();
    private volatile List<Device> devices = List.of();

    private Equipment(MailServer server) {
        this.server = server;
    }

    private static ServerConfig config(Path recording, List<AccountConfig> accounts) {
        return ServerConfig.sample().withPorts(0, 0).withAccounts(accounts).withRecording(recording);
    }

    /** A server with nothing on it, and no devices. */
    static Equipment empty(Path recording) throws IOException {
        return started(MailServer.open(config(recording, List.of())), List.of());
    }

    /** A server that begins with that state. */
    static Equipment forked(Path recording, List<AccountConfig> accounts, ServerState state, String origin)
            throws IOException {
        return started(MailServer.fork(config(recording, accounts), state, origin), accounts);
    }

    private static Equipment started(MailServer server, List<AccountConfig> accounts) throws IOException {
        var equipment = new Equipment(server);
        try {
            accounts.forEach(account -> equipment.accounts.put(account.user(), account));
            server.start();
            return equipment;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    static AccountConfig account(SetupCommand.Account account) {
        return new AccountConfig(account.user(), account.password()).withSecretKept();
    }

    MailServer server() {
        return server;
    }

    List<Device> devices() {
        return devices;
    }

    Optional<Device> device(String name) {
        return devices.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    Map<String, DeviceMemory> memories() {
        var memories = new LinkedHashMap<String, DeviceMemory>();
        devices.forEach(device -> memories.put(device.name(), device.memory()));
        return memories;
    }

    /** Carries out a command. IOException, with its line, says why it cannot be. */
    void carryOut(SetupCommand command) throws IOException {
        try {
            switch (command) {
                case SetupCommand.Account c -> {
                    var account = account(c);
                    server.createAccount(account);
                    accounts.put(c.user(), account);
                }
                case SetupCommand.Folder c -> server.createFolder(c.account(), c.name());
                case SetupCommand.Mail c -> server.deliver(c.account(), c.folder(), c.flags(), OffsetDateTime.now(),
                        c.message());
                case SetupCommand.Pop3 c -> addDevice(c, null);
                case SetupCommand.Imap c -> addDevice(c, null);
                case SetupCommand.Synchronise c -> device(c.device()).orElseThrow().synchronise();
                case SetupCommand.Network c -> device(c.device()).orElseThrow().setOnline(c.online());
            }
        } catch (IOException | MailboxException | IllegalArgumentException | IllegalStateException e) {
            throw new IOException("Line " + command.line() + " of the lab cannot be done: " + e.getMessage(), e);
        }
    }

    /** Adds a device as the command says, which has that in its memory; null for a new one. */
    void addDevice(SetupCommand command, DeviceMemory memory) {
        var clock = Clock.systemDefaultZone();
        var device = switch (command) {
            case SetupCommand.Pop3 c -> new Pop3Device(c.device(), mailOf(c.account()), c.settings(), clock);
            case SetupCommand.Imap c -> new ImapDevice(c.device(), mailOf(c.account()), c.settings(), clock);
            case SetupCommand.Account c -> throw new IllegalArgumentException("no device");
            case SetupCommand.Folder c -> throw new IllegalArgumentException("no device");
            case SetupCommand.Mail c -> throw new IllegalArgumentException("no device");
            case SetupCommand.Synchronise c -> throw new IllegalArgumentException("no device");
            case SetupCommand.Network c -> throw new IllegalArgumentException("no device");
        };
        if (memory != null) {
            device.remember(memory);
        }
        var more = new ArrayList<>(devices);
        more.add(device);
        devices = List.copyOf(more);
        reports.add(new Reports(device, server::record));
    }

    private MailAccount mailOf(String user) {
        var imap = server.address("imap");
        return new MailAccount(imap.getAddress().getHostAddress(), imap.getPort(), server.address("pop3").getPort(),
                user, accounts.get(user).password());
    }

    /** Ends the devices' connections, the server and its recording. */
    @Override
    public void close() {
        reports.forEach(Reports::close);
        devices.forEach(Device::close);
        server.close();
    }
}
