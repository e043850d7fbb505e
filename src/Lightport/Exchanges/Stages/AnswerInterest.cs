namespace Lightport.Exchanges.Stages;

/// <summary>What a stage wants of the answer; it decides how the answer travels.</summary>
public enum AnswerInterest
{
    /// <summary>Nothing: bytes pass where they may.</summary>
    None,

    /// <summary>To look: bytes pass where they may, and events are read beside them.</summary>
    Looks,

    /// <summary>To change it: it travels as events.</summary>
    Changes,
}
