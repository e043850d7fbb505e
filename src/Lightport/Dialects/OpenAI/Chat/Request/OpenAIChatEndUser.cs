using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Names the end user. A name of more than 64 characters is refused
/// (https://platform.openai.com/docs/guides/safety-best-practices#safety-identifiers), so that of a longer one (Claude
/// Code's holds JSON) the hash goes, which names the same user as well, into the field that the vendor wants hashes in.
/// </summary>
internal static class OpenAIChatEndUser
{
    private const int Longest = 64;

    public static void Write(Utf8JsonWriter writer, GenerationOptions options, EncodingContext context)
    {
        if (options.User is not { } user)
        {
            return;
        }

        if (user.Length <= Longest)
        {
            writer.WriteString("user"u8, user);
            return;
        }

        string field = options.UserField ?? "user";
        context.Losses.Note(field);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)));
        writer.WriteString(context.Traits.SafetyIdentifier ? "safety_identifier"u8 : "user"u8, hash);
    }
}
