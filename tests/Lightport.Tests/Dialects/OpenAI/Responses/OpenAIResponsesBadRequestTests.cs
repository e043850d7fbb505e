using Lightport.Conversation;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What is wrong with a request is named by its place.</summary>
public sealed class OpenAIResponsesBadRequestTests
{
    [Theory]
    [InlineData("\"input\":[]", "input")]
    [InlineData("\"input\":[7]", "input[0]")]
    [InlineData("\"input\":[{\"type\":\"hologram\"}]", "input[0].type")]
    [InlineData("\"input\":[{}]", "input[0].type")]
    [InlineData("\"input\":[{\"id\":\"msg_1\"}]", "input[0]")]
    [InlineData("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]", "input[0]")]
    [InlineData("\"input\":[{\"role\":\"boss\",\"content\":\"hi\"}]", "input[0].role")]
    [InlineData("\"input\":[{\"role\":\"user\"}]", "input[0].content")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}]", "input[0].content[0].type")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]", "input[0].content[0].image_url")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:image/png\"}]}]", "input[0].content[0].image_url")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\"}]}]", "input[0].content[0].file_data")]
    [InlineData("\"input\":[{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}]", "input[0].call_id")]
    [InlineData("\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\"}]", "input[0].output")]
    [InlineData("\"input\":[{\"type\":\"reasoning\",\"summary\":\"x\"}]", "input[0].summary")]
    [InlineData("\"input\":\"hi\",\"tools\":[{\"name\":\"f\"}]", "tools[0].type")]
    [InlineData("\"input\":\"hi\",\"tools\":[{\"type\":\"function\"}]", "tools[0].name")]
    [InlineData("\"input\":\"hi\",\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\"}]}]", "tools[0].tools[0].name")]
    [InlineData("\"input\":\"hi\",\"tool_choice\":\"must\"", "tool_choice")]
    [InlineData("\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"xml\"}}", "text.format.type")]
    [InlineData("\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}", "text.format.name")]
    [InlineData("\"input\":\"hi\",\"reasoning\":\"high\"", "reasoning")]
    [InlineData("\"input\":\"hi\",\"max_output_tokens\":0", "max_output_tokens")]
    [InlineData("\"input\":\"hi\",\"include\":\"all\"", "include")]
    [InlineData("\"prompt\":{\"id\":\"pmpt_1\"}", "prompt")]
    public void Request_WithAFault_IsRefusedByItsPlace(string fields, string param)
    {
        GatewayError error = ResponsesWire.RefusedRequest($$"""{"model":"m",{{fields}}}""");

        Assert.Equal(400, error.Status);
        Assert.Equal(param, error.Param);
    }

    /// <summary>Its route may have the tools.</summary>
    [Theory]
    [InlineData("\"required\"")]
    [InlineData("""{"type":"function","name":"g"}""")]
    public void Choice_OfWhatIsNotSent_SaysWhatItsClientIsToldWhereNobodyPutsItIn(string choice) => Assert.Equal(
        (400, "tool_choice"),
        ResponsesWire.DecodeRequest($$"""{"model":"m","input":"hi","tool_choice":{{choice}}}""").ToolChoice!.Unmet is { } unmet
            ? (unmet.Status, unmet.Param)
            : default);

    [Fact]
    public void PreviousResponse_ThatNobodyKeeps_IsNotFound()
    {
        GatewayError error = ResponsesWire.RefusedRequest("""{"model":"m","input":"hi","previous_response_id":"resp_x"}""");

        Assert.Equal((404, "previous_response_not_found", "previous_response_id"), (error.Status, error.Code, error.Param));
    }
}
