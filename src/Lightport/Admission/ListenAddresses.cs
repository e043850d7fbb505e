using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>Keeps a gateway that asks for no key from being reachable by others.</summary>
public static class ListenAddresses
{
    /// <summary>Null where the mode may be served at these addresses, else what is wrong and what to set.</summary>
    /// <param name="mode">Who may call.</param>
    /// <param name="addresses">As Kestrel takes them: <c>http://127.0.0.1:7071</c>, <c>http://+:80</c>.</param>
    public static string? Refusal(AdmissionMode mode, IEnumerable<string> addresses)
    {
        if (mode != AdmissionMode.Open)
        {
            return null;
        }

        string? exposed = addresses.FirstOrDefault(address => !IsLoopback(address));
        return exposed is null ? null
            : $"Refusing to listen on {exposed} without asking for keys: anyone who reaches it would spend your "
                + "providers' money. Set LIGHTPORT_KEY to a key of your choice, or list client keys under 'keys' in "
                + "lightport.yaml, or listen on http://127.0.0.1:7071.";
    }

    private static bool IsLoopback(string address)
    {
        try
        {
            var binding = BindingAddress.Parse(address);
            return binding.IsUnixPipe || binding.IsNamedPipe || Loopback.IsName(binding.Host);
        }
        catch (FormatException)
        {
            // Not an address: Kestrel will say so. Until then it is not known to be loopback.
            return false;
        }
    }
}
