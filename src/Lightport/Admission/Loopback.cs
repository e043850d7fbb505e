using System.Net;

namespace Lightport.Admission;

/// <summary>What leads to this machine alone.</summary>
internal static class Loopback
{
    /// <summary>
    /// Whether a host's name can mean no other machine: a loopback address, <c>localhost</c>, or a name below it
    /// (RFC 6761, section 6.3).
    /// </summary>
    public static bool IsName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IsAddress(address));

    public static bool IsAddress(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
