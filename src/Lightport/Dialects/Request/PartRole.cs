namespace Lightport.Dialects;

/// <summary>What an object in a request's turns is, by where it stands.</summary>
internal enum PartRole
{
    /// <summary>A turn, or something inside a part that is no part itself.</summary>
    Turn,

    /// <summary>A part of a turn, which must say what it is.</summary>
    Part,

    /// <summary>One of several things that a tool put out, which may say what it is.</summary>
    Result,

    /// <summary>A tool's or a client's own, in words of its own.</summary>
    Own,
}
