using System.Security.Cryptography;

namespace Lightport.Server;

/// <summary>What keeps https from being opened, and what would be right.</summary>
internal static class CertificateMistakes
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";

    private const string Advice =
        "Name one in Kestrel__Certificates__Default__Path with its __KeyPath (PEM) or __Password (PFX), or "
        + "listen on http behind a proxy that has one.";

    /// <returns>One line; null where something else failed.</returns>
    /// <seealso href="https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints"/>
    public static string? Find(Exception failure, IReadOnlyList<string> addresses)
    {
        string[] secure =
            [.. addresses.Where(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))];
        return failure switch
        {
            _ when secure.Length == 0 => null,
            InvalidOperationException { Source: Kestrel } =>
                $"Cannot listen on {string.Join(", ", secure)}: there is no certificate. {Advice}",
            CryptographicException or FileNotFoundException =>
                $"Cannot listen on {string.Join(", ", secure)}: the certificate cannot be read "
                + $"({failure.Message.TrimEnd('.')}). {Advice}",
            _ => null,
        };
    }
}
