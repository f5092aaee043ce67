/** The frame of every mail. Double braces escape; there are no triple ones, so nothing that was filled in can be markup. */
export const HTML_LAYOUT = `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{subject}}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f2f4f7;font-family:Helvetica,Arial,sans-serif;color:#1d2939">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #e4e7ec;border-radius:8px">
<tr><td style="padding:18px 32px;border-bottom:1px solid #e4e7ec;font-size:14px;font-weight:bold;color:#475467">Partner Center</td></tr>
<tr><td style="padding:28px 32px 8px">
<h1 style="margin:0 0 12px;font-size:20px;line-height:28px;overflow-wrap:anywhere">{{subject}}</h1>
<p style="margin:0 0 20px;font-size:15px;line-height:23px;overflow-wrap:anywhere">{{lead}}</p>
{{#highlight}}
<p style="margin:0 0 20px;padding:16px;background:#f2f4f7;border-radius:6px;text-align:center;font-size:28px;font-weight:bold;letter-spacing:2px">{{highlight}}</p>
{{/highlight}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;font-size:14px;line-height:21px">
{{#facts}}
<tr><td width="38%" style="padding:7px 12px 7px 0;border-bottom:1px solid #f2f4f7;color:#475467;vertical-align:top">{{label}}</td><td style="padding:7px 0;border-bottom:1px solid #f2f4f7;vertical-align:top;overflow-wrap:anywhere">{{value}}</td></tr>
{{/facts}}
</table>
{{#action}}
<p style="margin:0 0 12px"><a href="{{address}}" style="display:inline-block;padding:11px 20px;background:#1d2939;border-radius:6px;color:#ffffff;font-size:15px;text-decoration:none">{{label}}</a></p>
<p style="margin:0 0 20px;font-size:12px;line-height:18px;color:#667085;overflow-wrap:anywhere">{{address}}</p>
{{/action}}
<p style="margin:0 0 24px;font-size:15px;line-height:23px;overflow-wrap:anywhere">{{advice}}</p>
</td></tr>
<tr><td style="padding:16px 32px;border-top:1px solid #e4e7ec;font-size:12px;line-height:18px;color:#667085">{{footer}}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;

export const TEXT_LAYOUT = `{{lead}}

{{#highlight}}
    {{highlight}}

{{/highlight}}
{{#facts}}
{{label}}: {{value}}
{{/facts}}

{{#action}}
{{label}}:
{{address}}

{{/action}}
{{advice}}

--
{{footer}}
`;
