using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Lightport.Functions;

/// <summary>Where the Functions host itself listens, on the machine that it shares with its worker.</summary>
public static class HostAddress
{
    /// <summary>What a container's host is given, and its worker inherits.</summary>
    private const string Urls = "ASPNETCORE_URLS";

    /// <summary>The host's own address under Core Tools; a public name on Azure.</summary>
    private const string HostName = "WEBSITE_HOSTNAME";

    /// <summary>Null where it is not known, or is not of this machine.</summary>
    public static IPEndPoint? Find(IConfiguration settings) =>
        (settings[Urls] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Listening)
            .FirstOrDefault(found => found is not null)
        ?? Named(settings[HostName]);

    /// <summary>The loopback address leads to whatever listens on every address, too.</summary>
    private static IPEndPoint? Listening(string url)
    {
        if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        BindingAddress address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port is <= 0 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        IPAddress host = AddressOf(address.Host);
        return new IPEndPoint(
            host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : host, address.Port);
    }

    private static IPEndPoint? Named(string? host) =>
        Uri.TryCreate($"http://{host}", UriKind.Absolute, out Uri? address) && address.IsLoopback
            ? new IPEndPoint(AddressOf(address.Host), address.Port)
            : null;

    private static IPAddress AddressOf(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) ? address : IPAddress.Loopback;
}
