using System.Text;

namespace Lightport.Transport.Body;

/// <summary>Names of fields that nearly every request has, so that they are not made anew for each.</summary>
internal static class UsualNames
{
    private static readonly string[] Names =
    [
        "model", "messages", "stream", "max_tokens", "temperature", "system", "tools", "stream_options", "tool_choice",
        "metadata", "thinking", "max_completion_tokens", "reasoning_effort", "response_format", "top_p", "input",
    ];

    /// <summary>Null for any other.</summary>
    /// <param name="name">As it stands in the body; with an escape in it it is none of them.</param>
    public static string? Find(ReadOnlySpan<byte> name)
    {
        foreach (string usual in Names)
        {
            if (Ascii.Equals(name, usual))
            {
                return usual;
            }
        }

        return null;
    }
}
