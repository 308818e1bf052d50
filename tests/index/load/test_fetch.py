import ipaddress
import socket

import pytest

from index.errors import UnreadableError
from index.load.addresses import is_public
from index.load.fetch import Fetcher, is_address


@pytest.fixture
def fetch(site: str) -> Fetcher:
    return Fetcher(own=frozenset({site}), most_bytes=500_000, seconds=5)


def test_a_page_is_followed_to_where_it_moved(site: str, fetch: Fetcher) -> None:
    page = fetch(f"http://{site}/old")
    assert page.url == f"http://{site}/a"
    assert page.media_type == "text/html"
    assert page.charset == "utf-8"
    assert b"Kersaliou" in page.content


def test_a_packed_page_is_unpacked(site: str, fetch: Fetcher) -> None:
    assert b"Kersaliou" in fetch(f"http://{site}/packed").content


def test_this_machine_is_not_reached_by_default(site: str) -> None:
    with pytest.raises(UnreadableError, match="private network"):
        Fetcher()(f"http://{site}/a")
    with pytest.raises(UnreadableError, match="private network"):
        Fetcher()(f"http://localhost:{site.partition(':')[2]}/a")


@pytest.mark.parametrize("path", ["inside", "cloud", "mapped", "decimal"])
def test_no_redirect_leads_into_a_private_network(site: str, fetch: Fetcher, path: str) -> None:
    with pytest.raises(UnreadableError, match="private network"):
        fetch(f"http://{site}/{path}")


def test_the_own_place_is_one_port_of_one_host(site: str) -> None:
    port = site.partition(":")[2]
    with pytest.raises(UnreadableError, match="private network"):
        Fetcher(own=frozenset({site}))(f"http://localhost:{port}/a")
    with pytest.raises(UnreadableError, match="private network"):
        Fetcher(own=frozenset({site}))("http://127.0.0.1:1/a")


def test_the_address_that_was_checked_is_the_one_connected_to(site: str) -> None:
    asked: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        """A name server that first names a public address and then this machine."""
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["192.88.99.1", "127.0.0.1"]

    port = site.partition(":")[2]
    with pytest.raises(UnreadableError, match="private network"):
        Fetcher(look_up=rebinding)(f"http://news.example:{port}/a")
    assert asked == ["news.example"]


def test_a_host_keeps_its_name_towards_the_server(site: str) -> None:
    own = f"news.example:{site.partition(':')[2]}"
    fetch = Fetcher(own=frozenset({own}), look_up=lambda *_: ["127.0.0.1"])
    words = fetch(f"http://{own}/host").content.decode()
    assert f"Hôte : {own} pullquote" in words


def test_a_second_address_is_tried_when_the_first_is_closed(site: str) -> None:
    host, _, port = site.partition(":")
    own = f"news.example:{port}"
    fetch = Fetcher(own=frozenset({own}), look_up=lambda *_: ["::1", host])
    assert b"Kersaliou" in fetch(f"http://{own}/a").content


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none", "404"),
        ("loop", "redirects too often"),
        ("large", "over 500,000 bytes"),
        ("bomb", "over 500,000 bytes"),
        ("twice", "packed as 'gzip, gzip'"),
        ("cut", "cut off"),
        ("liar", "packed wrongly"),
        ("file", "no address"),
        ("nowhere", "no host"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(
    site: str, fetch: Fetcher, path: str, reason: str
) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        fetch(f"http://{site}/{path}")
    assert caught.value.remedy


def test_a_drip_of_bytes_does_not_outlast_the_deadline(site: str) -> None:
    with pytest.raises(UnreadableError, match=r"took over 0\.3 seconds"):
        Fetcher(own=frozenset({site}), seconds=0.3)(f"http://{site}/slow")


def test_a_name_service_that_is_silent_does_not_outlast_the_deadline() -> None:
    silence = socket.socketpair()

    def wait(_host: str, _port: int) -> list[str]:
        silence[0].recv(1)
        return []

    with pytest.raises(UnreadableError, match=r"took over 0\.1 seconds"):
        Fetcher(look_up=wait, seconds=0.1)("http://news.example/a")
    for end in silence[::-1]:
        end.close()


def test_a_connection_that_is_not_encrypted_is_no_https(site: str, fetch: Fetcher) -> None:
    with pytest.raises(UnreadableError, match="no secure connection"):
        fetch(f"https://{site}/a")


def test_a_host_without_an_address_is_said_to_have_none() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror("Name or service not known")

    with pytest.raises(UnreadableError, match=r"There is no host news\.example"):
        Fetcher(look_up=unknown)("https://news.example/a")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://", "http://u:p@a.example/", "http://[::1", "http://a b/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UnreadableError):
        Fetcher()(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fd00::1", "fec0::1"),
        *("ff02::1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1"),
    ],
)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_only_addresses_of_the_web_are_taken_for_addresses() -> None:
    assert is_address("https://a.example/b")
    assert is_address("HTTP://a.example")
    assert not any(map(is_address, ["a.example/b", "C:\\a.txt", "https:a", "file:///a", "//["]))
