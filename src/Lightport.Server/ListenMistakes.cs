using System.Net;

namespace Lightport.Server;

/// <summary>Addresses that Kestrel would refuse by an exception that does not say how to write them.</summary>
internal static class ListenMistakes
{
    /// <returns>What is wrong with the first that is wrong, and what would be right; null where all may be.</returns>
    public static string? Find(IEnumerable<string> addresses) =>
        addresses.FirstOrDefault(address => !MayBe(address)) is { } wrong
            ? $"'{wrong}' is no address to listen on; write scheme, host and port alone, as in http://localhost:7071."
            : null;

    private static bool MayBe(string address)
    {
        try
        {
            BindingAddress parsed = BindingAddress.Parse(address);
            return parsed is { Scheme: "http" or "https", PathBase: "", Port: <= IPEndPoint.MaxPort };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
