namespace Lightport.Conformance.Cases;

/// <summary>Something that the user, or the client's tool, says.</summary>
internal abstract record Said;

/// <summary>Words of the user.</summary>
internal sealed record Words(string Text) : Said;

/// <summary>A picture by its bytes.</summary>
internal sealed record Picture(string Base64) : Said
{
    public const string MediaType = "image/png";
}

/// <summary>A file by its bytes.</summary>
internal sealed record Document(string Name, string Base64) : Said
{
    public const string MediaType = "application/pdf";
}

/// <summary>What a tool returned.</summary>
/// <param name="Call">Which of the last answer's calls it was made for, from 0.</param>
/// <param name="Text">The result.</param>
/// <param name="Picture">A picture beside the text.</param>
internal sealed record Result(int Call, string Text, Picture? Picture = null) : Said;
