using System.Text.Json;

namespace Lightport.Transport.Signing;

/// <summary>Keys of an AWS account, or of a session in one.</summary>
/// <param name="SessionToken">Null for keys that do not expire.</param>
internal sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    private const string Forms = "a key of Amazon Bedrock, 'access key id:secret access key', the same with ':session "
        + "token', or the JSON that 'aws configure export-credentials' prints";

    /// <summary>
    /// Reads what a secret holds: JSON with AWS's own names, or the parts with colons between them, which no part has.
    /// </summary>
    /// <returns>Null where it is neither, and so a bearer key.</returns>
    /// <exception cref="UnusableKeyException">A part is missing.</exception>
    public static AwsCredentials? Parse(string secret) =>
        secret.TrimStart().StartsWith('{') ? FromJson(secret)
        : secret.Contains(':', StringComparison.Ordinal) ? FromParts(secret.Split(':'))
        : null;

    private static AwsCredentials FromParts(string[] parts) => parts switch
    {
        [{ Length: > 0 } id, { Length: > 0 } key] => new(id, key),
        [{ Length: > 0 } id, { Length: > 0 } key, { Length: > 0 } token] => new(id, key, token),
        _ => throw new UnusableKeyException(Forms),
    };

    private static AwsCredentials FromJson(string secret)
    {
        try
        {
            JsonElement root = JsonElement.Parse(secret);
            string? token = Text(root, "SessionToken");
            return Text(root, "AccessKeyId") is { } id && Text(root, "SecretAccessKey") is { } key
                ? new AwsCredentials(id, key, token)
                : throw new UnusableKeyException(Forms);
        }
        catch (JsonException)
        {
            throw new UnusableKeyException(Forms);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
