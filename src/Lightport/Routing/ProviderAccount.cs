using System.Security.Cryptography;
using System.Text;

namespace Lightport.Routing;

/// <summary>One of several accounts at a provider, each with a key, limits and prompt caches of its own.</summary>
/// <param name="Name">Its name in the configuration; where only keys are listed, the name of the secret.</param>
public sealed record ProviderAccount(string Name)
{
    /// <summary>Tells it from the others to those who may not know its name, which can be that of a secret.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name)).AsSpan(0, 4));

    /// <summary>Its share of the provider's traffic beside the others'; at 0 it is asked after them.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>It is paid for whether it is used or not, and so is asked before those that are paid by use.</summary>
    public bool IsProvisioned { get; init; }
}
