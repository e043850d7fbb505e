namespace Lightport.Limits.Rules;

/// <summary>Where it is told that a budget is used up to a share.</summary>
/// <param name="Secret">The name of the secret that what is sent is signed with.</param>
/// <param name="AllowsPrivate">It may be an address of a network of one's own.</param>
internal sealed record AlertWebhook(Uri Address, string Secret, bool AllowsPrivate);
