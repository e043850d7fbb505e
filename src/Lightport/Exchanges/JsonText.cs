using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Exchanges;

/// <summary>An element's JSON as it stood.</summary>
internal static class JsonText
{
    public static byte[] Of(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();
}
