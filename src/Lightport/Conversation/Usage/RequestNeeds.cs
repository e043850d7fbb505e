namespace Lightport.Conversation;

/// <summary>What a request asks of a model beyond words.</summary>
public readonly record struct RequestNeeds
{
    /// <summary>It offers tools.</summary>
    public bool Tools { get; init; }

    /// <summary>The answer shall follow a JSON Schema.</summary>
    public bool Schema { get; init; }

    /// <summary>What it brings beside text.</summary>
    public ContentKinds Input { get; init; }

    /// <summary>The bytes of its body that are such content, and no text.</summary>
    public int InputBytes { get; init; }

    /// <summary>How many pieces of such content it has.</summary>
    public int InputParts { get; init; }

    /// <summary>Some of it does not say of what kind it is.</summary>
    public bool InputIsUnclear { get; init; }

    /// <summary>
    /// Some of it may fill the model's context, however few bytes of it are here: it is only named, or is a file, a
    /// recording or a film, of which a few bytes can be many pages and hours.
    /// </summary>
    public bool InputMayFill { get; init; }

    /// <summary>The length of its text in tokens, guessed; none where the model is to write nothing.</summary>
    public long PromptTokens { get; init; }

    /// <summary>The most tokens that the answer may have; null where it does not say.</summary>
    public long? OutputTokens { get; init; }
}

/// <summary>Kinds of content that a model takes or does not.</summary>
[Flags]
public enum ContentKinds
{
    None = 0,
    Image = 1,
    Audio = 2,
    Video = 4,

    /// <summary>A document: PDF and its like.</summary>
    File = 8,
}
