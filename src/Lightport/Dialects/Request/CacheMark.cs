using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// The <c>cache_control</c> mark of the Messages API, which OpenRouter and others on chat's wire read too, off parts,
/// messages and tools.
/// </summary>
internal static class CacheMark
{
    public static CacheControl? Of(RequestFields fields, JsonElement owner) =>
        fields.Object(owner, "cache_control") is { } mark ? new CacheControl(fields.Text(mark, "ttl")) : null;
}
