using System.Net;
using System.Net.Sockets;

namespace Lightport.Transport;

/// <summary>
/// Connects to public addresses alone, or to private ones too, whatever a name resolves to at that moment: what an
/// installation is told to call must not reach what only it can reach, and never a cloud's metadata service.
/// </summary>
internal static class PublicConnection
{
    private static readonly IPNetwork[] Inner =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "192.88.99.0/24", "224.0.0.0/4", "240.0.0.0/4",

            // What holds an IPv4 address inside may lead to it: compatible, translated, NAT64's both, Teredo, 6to4.
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "2002::/16",
            "100::/64", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>
    /// Where machines of clouds are told who they are, and are given keys: link-local addresses, and those that AWS,
    /// Azure, Alibaba and Oracle have besides.
    /// </summary>
    private static readonly IPNetwork[] Metadata =
    [
        .. new[]
        {
            "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32",

            // The first of them once more, where an IPv6 address holds it inside.
            "::a9fe:0/112", "::ffff:0:a9fe:0/112", "64:ff9b::a9fe:0/112", "64:ff9b:1::a9fe:0/112", "2002:a9fe::/32",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    public static bool IsPublic(IPAddress address) => !IsIn(Inner, address) && !IsMetadata(address);

    /// <summary>Nothing that is written, nor <c>private: on</c>, leads there.</summary>
    public static bool IsMetadata(IPAddress address) => IsIn(Metadata, address);

    /// <summary>
    /// Calls what an installation names, and nothing that an answer leads to: no redirect, no cookie, no proxy, no
    /// trace.
    /// </summary>
    public static SocketsHttpHandler Handler(bool allowsPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,

        // A name may come to mean another address; an open connection would keep the old one.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ActivityHeadersPropagator = null,
        ConnectCallback = allowsPrivate ? OpenPrivateAsync : OpenAsync,
    };

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>: to public addresses alone.</summary>
    /// <exception cref="HttpRequestException">The host has no public address.</exception>
    public static ValueTask<Stream> OpenAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        OpenAsync(context.DnsEndPoint, IsPublic, "public address", cancellationToken);

    /// <summary>The same where private addresses are allowed: to all but where clouds give keys.</summary>
    /// <exception cref="HttpRequestException">The host has no other address.</exception>
    public static ValueTask<Stream> OpenPrivateAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        OpenAsync(
            context.DnsEndPoint,
            address => !IsMetadata(address),
            "address that may be reached",
            cancellationToken);

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(networks, network => network.Contains(plain));
    }

    private static async ValueTask<Stream> OpenAsync(
        DnsEndPoint host, Predicate<IPAddress> isAllowed, string kind, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] open = Array.FindAll(addresses, isAllowed);
        if (open.Length == 0)
        {
            throw new HttpRequestException($"{host.Host} has no {kind}.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, host.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
