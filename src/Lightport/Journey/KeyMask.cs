using Lightport.Conversation;

namespace Lightport.Journey;

/// <summary>Takes a key out of what a provider says: some quote in an error the key that they were shown.</summary>
internal static class KeyMask
{
    private const string Mask = "[key]";

    public static GatewayError Apply(GatewayError error, string? key) => string.IsNullOrEmpty(key)
        ? error
        : error with
        {
            Message = Masked(error.Message, key)!,
            Type = Masked(error.Type, key),
            Code = Masked(error.Code, key),
            Param = Masked(error.Param, key),
            Details = Masked(error.Details, key),
            Headers = [.. error.Headers.Select(header => KeyValuePair.Create(header.Key, Masked(header.Value, key)!))],
        };

    private static string? Masked(string? text, string key) => text?.Replace(key, Mask, StringComparison.Ordinal);
}
