using System.Security.Cryptography;
using System.Text;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The id of a call as OpenAI takes it, in chat and in Responses: of 1 to 64 characters
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input). Others have longer ones,
/// which become the same one in every request.
/// </summary>
internal static class OpenAIChatCallId
{
    /// <summary>In characters.</summary>
    public const int Longest = 64;
    private const int HashDigits = 16;

    public static string Of(string id)
    {
        if (id.Length is > 0 and <= Longest)
        {
            return id;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..HashDigits];
        return $"call_{hash}";
    }
}
