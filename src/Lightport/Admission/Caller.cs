using Lightport.Storage;

namespace Lightport.Admission;

/// <summary>Who a request is from.</summary>
/// <param name="Name">The key's name, as configured; for logs and usage.</param>
/// <param name="KeyId">What tells the key from others without being it; null where there is none.</param>
public sealed record Caller(string Name, string? KeyId)
{
    /// <summary>Everyone, where admission is open.</summary>
    public static Caller Anonymous { get; } = new("anonymous", null);

    public ModelAllowList Models { get; init; } = ModelAllowList.Every;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A signed-in user or program, by a token of an issuer and not by a key.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>How much the key itself may use; null where nothing is said of it.</summary>
    public LimitAmounts? Limits { get; init; }

    /// <summary>
    /// In bring-your-own mode the provider's key, to be sent on in place of the gateway's own secret; else null. Never
    /// logged: it is in no text that this type makes.
    /// </summary>
    public string? PresentedKey { get; init; }

    public override string ToString() => KeyId is null ? Name : $"{Name} ({KeyId})";
}
