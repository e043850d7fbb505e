namespace Lightport.Tests.Prefix;

/// <summary>What the encoding for a target does with turns of one role in a row.</summary>
public enum Folding
{
    /// <summary>Each is a message.</summary>
    None,

    /// <summary>One message with the blocks of all (Messages demands it of the wire).</summary>
    Blocks,

    /// <summary>The same, and an assistant's texts become one (chat, for a strict template).</summary>
    BlocksAndText,
}
