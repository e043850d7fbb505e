using System.Text.Json;

namespace Lightport.Transport.Tokens.Google;

/// <summary>What Google's token endpoint says: a token and its time in seconds, or a word for what is wrong.</summary>
internal sealed record GoogleTokenAnswer(string? Token, int Seconds, string? Error)
{
    /// <summary>Null where it is no such answer.</summary>
    public static GoogleTokenAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            JsonElement answer = JsonElement.Parse(body);
            return answer.ValueKind == JsonValueKind.Object
                ? new GoogleTokenAnswer(Text(answer, "access_token"), Time(answer), Word(Text(answer, "error")))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A record would print the token.</summary>
    public override string ToString() => Error ?? "a token";

    private static int Time(JsonElement answer) =>
        answer.TryGetProperty("expires_in", out JsonElement seconds)
        && seconds.ValueKind == JsonValueKind.Number
        && seconds.TryGetInt32(out int count)
            ? count
            : 0;

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A description may quote what was sent; a word of OAuth's own (<c>invalid_grant</c>) does not.</summary>
    private static string? Word(string? error) =>
        error?.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') == true ? error : null;
}
