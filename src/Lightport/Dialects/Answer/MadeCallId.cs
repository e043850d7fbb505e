using System.Security.Cryptography;
using System.Text;

namespace Lightport.Dialects;

/// <summary>
/// The id of a call that its provider gave none: the same for the same answer, streamed or not.
/// </summary>
internal static class MadeCallId
{
    /// <param name="response">The answer's id, or what else tells it from others.</param>
    /// <param name="choice">The choice that the call is of.</param>
    /// <param name="call">Counts the calls of the choice.</param>
    public static string Of(string response, int choice, int call)
    {
        byte[] seed = Encoding.UTF8.GetBytes($"{response}/{choice}/{call}");
        return "call_" + Convert.ToHexStringLower(SHA256.HashData(seed).AsSpan(0, 12));
    }
}
