import { ApiPropertyOptional } from '@nestjs/swagger';

/** How a person is described to those who call the API; `readPerson` is what reads one. */
export class PersonBody {
  @ApiPropertyOptional({ description: '姓名', maxLength: 200 })
  name?: string;

  @ApiPropertyOptional({ description: '身份证号(GB 11643)', minLength: 18, maxLength: 18 })
  idNumber?: string;

  @ApiPropertyOptional({ description: '电话', maxLength: 40 })
  phone?: string;

  @ApiPropertyOptional({ description: '银行账号', maxLength: 60 })
  bankAccount?: string;
}
