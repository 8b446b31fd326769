package dev.mailscope.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By what this computer is reached, whatever networks it is in. */
class NetworkAddressTest {
    @Test
    void allAreAddressesThatOthersCanUse() throws Exception {
        for (var address : NetworkAddress.all()) {
            var found = InetAddress.getByName(address.address());
            assertFalse(found.isLoopbackAddress() || found.isLinkLocalAddress(), address.toString());
            assertEquals(NetworkInterface.getByInetAddress(found).getDisplayName(), address.network());
        }
    }

    @Test
    void aHostIsReachedByItselfAndEveryHostByAll() throws Exception {
        assertEquals(List.of("127.0.0.2"), NetworkAddress.reaching("127.2"));
        assertEquals(List.of("localhost"), NetworkAddress.reaching("localhost"));
        var all = NetworkAddress.all().stream().map(NetworkAddress::address).toList();
        assertEquals(all, NetworkAddress.reaching("0.0.0.0"));
        assertEquals(all, NetworkAddress.reaching("::"));
        assertThrows(UnknownHostException.class, () -> NetworkAddress.reaching("nobody.invalid"));
    }

    @Test
    void thisComputersNameIsForOthersAlone() throws Exception {
        assertEquals(List.of("192.0.2.7", "teacher.example"), naming("192.0.2.7", "teacher.example"));
        var everywhere = new ArrayList<>(NetworkAddress.reaching("0.0.0.0"));
        everywhere.add("teacher");
        assertEquals(everywhere, naming("0.0.0.0", "teacher"));
        assertEquals(everywhere, naming("::", "teacher"));
        assertEquals(List.of("127.0.0.2"), NetworkAddress.naming("127.0.0.2", () -> fail("it need not be looked up")));
    }

    /** Where this computer has a name; it may have none. */
    @Test
    void theNameIsTheOneThatTheSystemHas() throws Exception {
        assertEquals(naming("192.0.2.7", systemsName()), NetworkAddress.naming("192.0.2.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost.localdomain", "192.0.2.7", "2001:db8::7", "teacher_2", "-", ""})
    void aNameThatOthersCannotLookUpIsNotUsed(String name) throws Exception {
        assertEquals(List.of("192.0.2.7"), naming("192.0.2.7", name));
    }

    @ParameterizedTest
    @CsvSource({"127.2,127.0.0.2", "2130706434,127.0.0.2", "[::ffff:127.0.0.2],127.0.0.2", "::1,0:0:0:0:0:0:0:1",
        "[::1],0:0:0:0:0:0:0:1", "[2001:DB8::7],2001:db8:0:0:0:0:0:7", "fe80::7%1,fe80:0:0:0:0:0:0:7",
        "localhost,localhost"})
    void anAddressIsNamedInFullHoweverItIsWritten(String host, String named) throws Exception {
        assertEquals(List.of(named), NetworkAddress.naming(host, Optional::empty));
    }

    private static String systemsName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return ""; // no name at all
        }
    }

    private static List<String> naming(String host, String hostName) throws Exception {
        return NetworkAddress.naming(host, () -> Optional.of(hostName));
    }
}
