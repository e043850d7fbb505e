namespace Lightport.Tests.Prefix;

/// <summary>One message as a provider is sent it, as JSON text without the client's cache marks.</summary>
/// <param name="Whole">All of it, byte for byte as it was sent where it has no mark.</param>
/// <param name="Role">Who speaks.</param>
/// <param name="Head">Every field but the content.</param>
/// <param name="Blocks">Its content; text that stands alone is one block, as the vendors read it.</param>
internal sealed record SentMessage(string Whole, string Role, string Head, IReadOnlyList<string> Blocks);
