namespace Lightport.Mcp.Identity;

/// <summary>A header that shows a server who asks: secret, and in no text.</summary>
internal sealed record ShownIdentity(string Header, string Value)
{
    public static ShownIdentity Bearer(string token) => new("Authorization", $"Bearer {token}");

    public override string ToString() => Header;
}
